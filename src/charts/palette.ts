/**
 * The sandbox page's light colours (its style/base.css), on a card of their own: on Slack's dark ground the picture
 * stays a light card, so every colour is checked against the card alone.
 */
export const PALETTE = {
  card: '#fdfcfd',
  frame: '#d9d3dc',
  ink: '#1d1c1d',
  soft: '#5e5c5f',
  grid: '#e8e4ea',
  axis: '#8b898c',
  value: '#1b66b0',
  band: '#d5e4f3',
  bandEdge: '#6f96bd',
  expected: '#55606e',
  flagged: '#b8124a',
  mark: '#8a3a9c',
} as const;

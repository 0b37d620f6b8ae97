import '../../support/property-draws.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlText, linksIn } from '../../../src/core/text/html-text.ts';

describe('the text of a message', () => {
  it.each([
    ['<p>One</p><p>Two</p>', 'One\nTwo'],
    ['One<br/>Two<br>\n<br>Three', 'One\nTwo\nThree'],
    ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['a&nbsp;&amp;&nbsp;b &lt;c&gt; &#39;d&#x27; &hellip;', "a & b <c> 'd' …"],
    ['&unknown; &#0; &#xd800; &#9999999;', '&unknown; \uFFFD \uFFFD \uFFFD'],
    ['<style>p { color: red }</style><script>alert(1)</script><!-- x -->seen', 'seen'],
    ['<a href="https://x.example.com/a?b=1">this</a> page', 'this page'],
    ['plain text, a < b and b > c, I <3 it', 'plain text, a < b and b > c, I <3 it'],
    ['<img src="cid:1" alt="x>y">', 'y">'],
    ['', ''],
  ])('%j reads %j', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it('takes time that grows with its length, whatever it holds', () => {
    for (const piece of ['<', '<a', '<!--', '<script>', '&#', '&', 'https://', '</p', ' \n']) {
      const since = performance.now();
      htmlText(piece.repeat(50_000));
      linksIn(piece.repeat(50_000));
      expect(performance.now() - since).toBeLessThan(1_000);
    }
  });

  it('never holds a tag that was whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<b>', '</b>', '<br>', 'a', ' ', '&lt;', '\n', '<p class="x">')),
        (parts) => {
          expect(htmlText(parts.join(''))).not.toMatch(/<\/?(?:b|br|p)\b[^<>]*>/);
        },
      ),
    );
  });
});

describe('the links of a message', () => {
  it.each([
    ['see <a href="https://a.example.com/x?b=1&amp;c=2">x</a>', ['https://a.example.com/x?b=1&c=2']],
    [
      'at https://a.example.com/x, and (http://b.example.com/y).',
      ['https://a.example.com/x', 'http://b.example.com/y'],
    ],
    ['mailto:a@example.com ftp://x.example.com', []],
  ])('in %j are %j', (html, links) => {
    expect(linksIn(html)).toEqual(links);
  });
});

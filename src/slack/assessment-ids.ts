/** The buttons that open an assessment, and its modal. */
export const ASSESSMENT_ACTIONS = {
  ofPriority: 'priority_assessment',
  ofIncident: 'incident_assessment',
} as const;

export const ASSESSMENT_CALLBACK = 'assessment_modal';

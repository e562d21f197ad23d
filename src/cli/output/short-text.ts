/** Moments, numbers and texts as tables and reports write them: short. All moments are UTC. */

/** `2026-11-21 08:01:43`. */
export function secondText(moment: string | Date): string {
  return (moment instanceof Date ? moment.toISOString() : moment).slice(0, 19).replace('T', ' ');
}

/** `2026-11-21 08:01 UTC`. */
export function minuteText(moment: Date): string {
  return `${secondText(moment).slice(0, 16)} UTC`;
}

/** With an end that says that there is more. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}

/** As data: what floating point adds behind the sixth digit is left out. */
export function roundedHours(hours: number): number {
  return Number(hours.toFixed(6));
}

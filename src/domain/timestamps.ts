/** FireWorks' ISO text of a moment: UTC, microseconds, and no fraction at all when they are zero. */
export function isoTimestamp(date: Date): string {
  const text = date.toISOString();
  const millis = text.slice(20, 23);
  return `${text.slice(0, 19)}${millis === '000' ? '' : `.${millis}000`}+00:00`;
}

/**
 * The moment of a stored timestamp in milliseconds since 1970; NaN for a text that is none. A text without a zone is UTC,
 * as releases of FireWorks before November 2025 wrote it.
 */
export function timestampMillis(timestamp: string | Date): number {
  if (timestamp instanceof Date) return timestamp.getTime();
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(timestamp) ? timestamp : `${timestamp}Z`;
  return Date.parse(zoned);
}

/** The same of a moment that nobody may have noted; undefined for what is none. */
export function knownMillis(timestamp: string | Date | null | undefined): number | undefined {
  const millis = timestamp === null || timestamp === undefined ? NaN : timestampMillis(timestamp);
  return Number.isNaN(millis) ? undefined : millis;
}

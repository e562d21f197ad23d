/**
 * Names under which this process has begun something that broke off, as when the database went away: what is still locked by
 * them, or half written, is finished by whoever comes next, this process itself included, and nobody waits for its end.
 */
const abandoned = new Set<string>();

export function abandonOwner(name: string): void {
  abandoned.add(name);
}

/** Somebody goes on under this name. */
export function resumeOwner(name: string): void {
  abandoned.delete(name);
}

export function isAbandoned(name: string): boolean {
  return abandoned.has(name);
}

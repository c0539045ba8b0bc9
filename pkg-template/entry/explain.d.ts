/** What an error code means and what to do about it, in this package's own words. */
export interface Explanation {
  /** The code, such as `APIC.9218`. */
  code: string;
  /** What it means, in one sentence. */
  meaning: string;
  /** What to do about it, in one sentence. */
  advice: string;
}

/**
 * Explains an error code of the services. `null` when this version has no words for it.
 *
 * @example
 * explain('APIC.9218')?.meaning
 */
export function explain(code: string | null | undefined): Explanation | null;

// @ts-check
// What GitHub Actions shows beside a job: annotations, and the summary's table.
import { appendFileSync } from 'node:fs';

import { oneLine } from './text.js';

/** @import { Writable } from 'node:stream' */

/** @param {string} text */
const escapeMessage = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
/** @param {string} text */
const escapeProperty = (text) => escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * A cell of a Markdown table.
 *
 * @param {string} text
 */
const cell = (text) => oneLine(text).replace(/[\\|<>&`*_[\]]/g, '\\$&');

/**
 * Annotations go to stderr, where GitHub reads them as well: stdout may be NDJSON. Elsewhere nothing is told.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {Writable} stderr
 */
export function createAnnotations(env, stderr) {
  const isOn = env.GITHUB_ACTIONS === 'true';
  /** @type {(level: string) => (title: string, message: string) => void} */
  const tell = (level) => (title, message) => {
    if (isOn) stderr.write(`::${level} title=${escapeProperty(title)}::${escapeMessage(message)}\n`);
  };
  return {
    error: tell('error'),
    warning: tell('warning'),
    notice: tell('notice'),
    /**
     * Adds a table to the summary of the job.
     *
     * @param {string[]} header
     * @param {string[][]} rows
     */
    summarize(header, rows) {
      const path = env.GITHUB_STEP_SUMMARY;
      if (!isOn || !path || rows.length === 0) return;
      /** @param {string[]} cells */
      const line = (cells) => `| ${cells.map(cell).join(' | ')} |\n`;
      const table = line(header) + line(header.map(() => '---')) + rows.map(line).join('');
      try {
        appendFileSync(path, `${table}\n`);
      } catch (error) {
        const { code } = /** @type {NodeJS.ErrnoException} */ (error);
        stderr.write(`huaweicloud-tasks: the job's summary cannot be written (${code})\n`);
      }
    },
  };
}

const UNRELEASED = '## Unreleased\n';

/** The changelog with its unreleased lines under a version. @throws Error when there is nothing to release */
export function released(changelog: string, version: string, day: string): string {
  const [before, rest, ...more] = changelog.split(UNRELEASED);
  if (before === undefined || rest === undefined || more.length > 0) {
    throw new Error('CHANGELOG.md has no, or more than one, "## Unreleased".');
  }
  const [lines = ''] = rest.split(/^## /m);
  if (lines.trim() === '') throw new Error('CHANGELOG.md has nothing under "## Unreleased".');
  if (rest.includes(`## ${version} `)) throw new Error(`CHANGELOG.md has ${version} already.`);
  return `${before}${UNRELEASED}\n## ${version} · ${day}\n${rest}`;
}

/** What `engines` in package.json says. */
const OLDEST = [20, 19] as const;

/** What to tell those whose Node is too old, or nothing. */
export function tooOld(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Kassa needs Node ${OLDEST.join('.')} or newer, and this is ${version}.\nInstall a newer one from https://nodejs.org, or with nvm: nvm install --lts`;
}

// The region an error is about: from a credential scope, an endpoint's name, or a region named in the text.

const NAME =
  '(?:us|eu|ap|sa|ca|me|af|cn|il|mx|eusc)(?:-gov|-iso[a-z]?|-de)?-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\\d{1,2}';
/** No name is without one of these: a short look that spares the long ones. */
const COMPASS = /north|south|east|west|central/i;
const SCOPE = new RegExp(`\\b\\d{8}/(${NAME})/[a-z0-9-]{1,64}/aws4_request\\b`);
const HOST = /(?<![A-Za-z0-9.-])[A-Za-z0-9.-]{1,253}\.(?:amazonaws\.com|api\.aws)\b/g;
const ENDPOINT = /\.(?:amazonaws\.com|api\.aws)\b/;
const NAMED = new RegExp(`(?<![A-Za-z0-9-])${NAME}(?![A-Za-z0-9-])`, 'g');
const LABELLED = new RegExp(`region[^A-Za-z0-9]{1,4}(${NAME})(?![A-Za-z0-9-])`, 'i');
const IN_HOST = new RegExp(`(?:^|[.-])(${NAME})(?:[.-]|$)`);
/** The constants of the Java SDK: `US_EAST_1`. */
const CONSTANT_NAME = '(?:US|EU|AP|SA|CA|ME|AF|CN|IL|MX)(?:_GOV|_ISO[A-Z]?)?_[A-Z]{4,9}_\\d{1,2}';
const CONSTANT = new RegExp(`(?<![A-Za-z0-9_])${CONSTANT_NAME}(?![A-Za-z0-9_])`, 'g');
const ANY_NAME = new RegExp(`${NAME}|${CONSTANT_NAME}`, 'i');

/** Whether a text holds anything that may be a region's name, one or many: more than `findRegion` takes for one. */
export function mayNameRegion(text: string): boolean {
  return ANY_NAME.test(text);
}

/** The region, or `null` if the text names none, or several with nothing to say which. */
export function findRegion(text: string): string | null {
  if (!COMPASS.test(text)) return onlyOne(constantsIn(text));
  const scope = SCOPE.exec(text);
  if (scope !== null) return scope[1] ?? null;
  for (const [host] of ENDPOINT.test(text) ? text.matchAll(HOST) : []) {
    const region = IN_HOST.exec(host.toLowerCase());
    if (region !== null) return region[1] ?? null;
  }
  const labelled = LABELLED.exec(text);
  if (labelled !== null) return labelled[1]?.toLowerCase() ?? null;
  return onlyOne([...Array.from(text.matchAll(NAMED), ([name]) => name), ...constantsIn(text)]);
}

function constantsIn(text: string): readonly string[] {
  if (!/_\d/.test(text)) return [];
  return Array.from(text.matchAll(CONSTANT), ([name]) => name.toLowerCase().replaceAll('_', '-'));
}

function onlyOne(names: readonly string[]): string | null {
  const [only, ...others] = new Set(names);
  return only === undefined || others.length > 0 ? null : only;
}

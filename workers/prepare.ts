/** What the build does last: compiles lexicons and lists and keeps them beside the code, so that every start is quick. */
import { prepareLexicon } from '../src/compose-assessor.js';
import { prepareLists } from '../src/compose-observer.js';

await prepareLexicon();
await prepareLists();

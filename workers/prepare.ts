/** What the build does last: compiles the lexicons and keeps them beside the code, so that every start is quick. */
import { prepareLexicon } from '../src/compose-assessor.js';

await prepareLexicon();

/**
 * Sentences that anybody writes and nobody tells anything with: greetings, wishes and prayers in set words, the letter of
 * a law, and advertisements. Two posts that share no more are not one story.
 */
import type { Tokens } from '../text/tokenise.js';
import type { WordFacts } from './word-facts.js';

/** Shares of a sentence's words from which it is one of them. */
const GREETING_SHARE = 0.75;
const LEGAL_SHARE = 0.6;
const LEAST_LEGAL = 5;
const ADVERT_SHARE = 0.6;
const LEAST_ADVERT_ANCHORS = 2;

/** For each sentence, 1 where it says nothing of its own; `words` are the tokens' facts, as many as are looked at. */
export function formulaSentences(tokens: Tokens, words: readonly WordFacts[]): Uint8Array {
  const { sentence } = tokens;
  const count = words.length;
  const sentences = count === 0 ? 0 : sentence[count - 1]! + 1;
  const formula = new Uint8Array(sentences);
  for (let from = 0; from < count; ) {
    let to = from;
    let greeting = 0;
    let legal = 0;
    let anchors = 0;
    let advert = 0;
    let advertAnchors = 0;
    let all = 0;
    for (; to < count && sentence[to] === sentence[from]; to++) {
      const word = words[to]!;
      if (word.mention) continue;
      all++;
      // Numbers go with either: 17 Agustus, Pasal 28 ayat 2.
      if (word.greeting || word.number) greeting++;
      if (word.legal || word.number) legal++;
      if (word.anchor) anchors++;
      if (word.advert || word.number) advert++;
      if (word.advertAnchor) advertAnchors++;
    }
    const isGreeting = greeting >= all * GREETING_SHARE;
    const isLegal = anchors > 0 && legal >= LEAST_LEGAL && legal >= all * LEGAL_SHARE;
    const isAdvert = advertAnchors >= LEAST_ADVERT_ANCHORS && advert >= all * ADVERT_SHARE;
    if (isGreeting || isLegal || isAdvert) formula[sentence[from]!] = 1;
    from = to;
  }
  return formula;
}

/** Resolves once `work` has ended, well or badly, or after `ms`, whichever comes first; leaves no timer behind. */
export async function atMost(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, late]);
  } catch {
    // How it ended is the matter of whoever else waits for it.
  } finally {
    clearTimeout(timer);
  }
}

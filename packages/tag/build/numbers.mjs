/** Numbers from 0 to 1, others for each seed: https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
export function numbers(seed) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Calls the tag as the snippet's users do; a shop goes on working when a visitor blocks it. */
export const track = (name, properties) => window.throughline?.('track', name, properties);
export const identify = (userId, traits) => window.throughline?.('identify', userId, traits);
export const reset = () => window.throughline?.('reset');

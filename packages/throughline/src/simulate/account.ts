import type { Persona } from './persona.ts';
import type { Visit } from './visit.ts';

/** One's e-mail address and phone number as one types them this time. */
export function spelled({ persona, random, world }: Visit): Pick<Persona, 'email' | 'phone'> {
  const { email, phone } = persona;
  const { spelling } = world.troubles;
  if (spelling === 0) return { email, phone };
  return {
    email: random.chance(spelling)
      ? ` ${email[0]!.toUpperCase()}${email.slice(1).replace('@thu', '@Thu')}`
      : email,
    phone: random.chance(spelling) ? phone.replace('+84', '0') : phone,
  };
}

const traitsOf = (visit: Visit) => ({
  name: visit.persona.name,
  city: visit.persona.city,
  ...spelled(visit),
});

/** Fills the sign-up form; some give up half-way. Says whether there is an account now. */
export function signUp(visit: Visit, finishes: number): boolean {
  const { persona, random, device } = visit;
  visit.open('/dang-ky');
  visit.track('signup_started', { method: 'email' });
  visit.wait(45);
  if (!random.chance(finishes)) {
    visit.track('form_abandoned', { form: 'dang-ky', field: random.pick(['phone', 'password', 'email']) });
    return false;
  }
  persona.user_id = `kh-${String(persona.number + 1).padStart(5, '0')}`;
  persona.reachable = true;
  persona.subscribed ||= random.chance(0.6);
  device.loggedIn = persona.number;
  visit.identify(traitsOf(visit), persona.user_id);
  visit.track('signup_completed', { method: 'email' });
  return true;
}

/** Logs in to the account there is; whoever was logged in on this browser is logged out by it first. */
export function logIn(visit: Visit): void {
  const { persona, device } = visit;
  if (persona.user_id === undefined || device.loggedIn === persona.number) return;
  if (device.loggedIn !== undefined) logOut(visit);
  visit.open('/dang-nhap');
  visit.wait(14);
  device.loggedIn = persona.number;
  visit.identify(traitsOf(visit), persona.user_id);
  visit.track('login', { method: 'email' });
}

export function logOut(visit: Visit): void {
  visit.wait(6);
  visit.track('logout');
  delete visit.device.loggedIn;
}

/** The shop's pages tell the tag who is logged in, on about every other visit's first page. */
export function recall(visit: Visit): void {
  const { persona, device, random } = visit;
  if (device.loggedIn === persona.number && random.chance(0.5)) visit.identify({}, persona.user_id);
}

/** Leaves an e-mail address for the newsletter. */
export function subscribe(visit: Visit): void {
  const { persona } = visit;
  visit.wait(12);
  visit.identify({ email: spelled(visit).email });
  visit.track('form_submitted', { form: 'ban-tin' });
  persona.reachable = true;
  persona.subscribed = true;
}

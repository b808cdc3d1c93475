import { type Device, newDevice } from './device.ts';
import type { Random } from './random.ts';

/** How much somebody cares: most look once, some come back, a few buy again and again. */
export type PersonaKind = 'glancer' | 'considerer' | 'regular';

/** One real human of the simulation. */
export interface Persona {
  /** From 0; what the truth calls them by. */
  number: number;
  kind: PersonaKind;
  name: string;
  city: string;
  email: string;
  phone: string;
  /** Set at sign-up. */
  user_id?: string;
  devices: Device[];
  /** The shop may write to them: they left an e-mail address. */
  reachable: boolean;
  subscribed: boolean;
  /** The shop's server has told who its own id for them is. */
  mailed: boolean;
  /** Trouble met so far, which spoils the survey's score. */
  annoyance: number;
  visits: number;
  orders: number;
}

const SHARE: readonly [PersonaKind, number][] = [
  ['glancer', 0.7],
  ['considerer', 0.22],
  ['regular', 0.08],
];

const FAMILY_NAMES = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Phan',
  'Vũ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
];
const MIDDLE_NAMES = ['Thị', 'Văn', 'Minh', 'Ngọc', 'Thanh', 'Quốc', 'Thu', 'Hải', 'Gia', 'Khánh'];
const GIVEN_NAMES = [
  'An',
  'Bình',
  'Chi',
  'Dũng',
  'Giang',
  'Hà',
  'Hương',
  'Khoa',
  'Lan',
  'Linh',
  'Long',
  'Mai',
  'Nam',
  'Nga',
  'Phúc',
  'Quân',
  'Sơn',
  'Thảo',
  'Trang',
  'Tuấn',
  'Vy',
  'Yến',
];
const CITIES: readonly [string, number][] = [
  ['TP. Hồ Chí Minh', 36],
  ['Hà Nội', 28],
  ['Đà Nẵng', 10],
  ['Cần Thơ', 6],
  ['Hải Phòng', 6],
  ['Huế', 4],
  ['Đà Lạt', 4],
  ['Nha Trang', 4],
];

const bare = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[Đđ]/g, 'd').toLowerCase();

export function newPersona(random: Random, number: number): Persona {
  const given = random.pick(GIVEN_NAMES);
  const family = random.pick(FAMILY_NAMES);
  const [kind] = random.weighted(SHARE, ([, share]) => share);
  const devices = [newDevice(random, random.chance(0.72) ? 'mobile' : 'desktop')];
  const second = kind === 'glancer' ? 0.05 : kind === 'considerer' ? 0.4 : 0.7;
  if (random.chance(second))
    devices.push(newDevice(random, devices[0]!.kind === 'mobile' ? 'desktop' : 'mobile'));
  return {
    number,
    kind,
    name: `${family} ${random.pick(MIDDLE_NAMES)} ${given}`,
    city: random.weighted(CITIES, ([, share]) => share)[0],
    email: `${bare(given)}.${bare(family)}.${number}@thu.example`,
    phone: `+8490${String(1_000_000 + number * 7).padStart(7, '0')}`,
    devices,
    reachable: false,
    subscribed: false,
    mailed: false,
    annoyance: 0,
    visits: 0,
    orders: 0,
  };
}

/** A browser of somebody's own more often than the family's. */
export function chooseDevice(random: Random, persona: Persona): Device {
  return random.weighted(persona.devices, (device) =>
    device.shared ? 0.45 : device === persona.devices[0] ? 1 : 0.5,
  );
}

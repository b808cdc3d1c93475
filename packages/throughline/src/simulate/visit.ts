import { type Arrival, GUIDES } from './arrival.ts';
import type { Product } from './catalogue.ts';
import type { Device } from './device.ts';
import type { Happening, Page, Session } from './happening.ts';
import type { Persona } from './persona.ts';
import type { Random } from './random.ts';
import { productPath, record, type World } from './world.ts';

/** Networks of Vietnamese providers; the address of the network itself, which is nobody's. */
const NETWORKS = ['14.160.0.0', '27.64.0.0', '113.160.0.0', '171.224.0.0', '116.96.0.0', '42.112.0.0'];

/** Well under the half hour of silence that would end the session. */
const PAUSE_S_MAX = 12 * 60;

/** One person's visit with one browser: keeps the clock, the page and the session, and writes what is done. */
export class Visit {
  readonly session: Session;
  now: number;
  private page: Page;
  private left = '';

  constructor(
    readonly world: World,
    readonly random: Random,
    readonly persona: Persona,
    readonly device: Device,
    { time, arrival }: { time: number; arrival: Arrival },
  ) {
    this.now = time;
    this.page = { path: arrival.path, title: titleOf(arrival.path, world) };
    this.session = {
      id: `${time.toString(36)}.${random.text(8)}`,
      visitor: device.visitor,
      userAgent: device.userAgent,
      ip: random.pick(NETWORKS),
      started: time,
      arrival,
      landing: this.page,
    };
    this.write({ type: 'page', referrer: arrival.referrer });
  }

  /** Time goes by: `mean` seconds on average, at least one. */
  wait(mean: number): void {
    this.now += Math.round(1000 * (1 + Math.min(PAUSE_S_MAX, this.random.waiting(mean))));
  }

  open(path: string): void {
    this.wait(28);
    this.left = this.page.path;
    this.page = { path, title: titleOf(path, this.world) };
    this.write({ type: 'page', referrer: this.left });
  }

  openProduct(product: Product): void {
    this.open(productPath(product));
  }

  track(name: string, properties: Record<string, unknown> = {}, rest: Partial<Happening> = {}): void {
    this.write({ type: 'track', name, properties, ...rest });
  }

  identify(traits: Record<string, string>, user_id?: string): void {
    this.write({ type: 'identify', traits, ...(user_id === undefined ? {} : { user_id }) });
  }

  private write(happening: Omit<Happening, 'time' | 'persona' | 'session' | 'page'>): void {
    record(this.world, {
      time: this.now,
      persona: this.persona.number,
      session: this.session,
      page: this.page,
      ...happening,
    });
    this.device.busyUntil = this.now;
    // Two things never happen in one millisecond, so their order is never in doubt.
    this.now += this.random.int(3, 400);
  }
}

const TITLES: Readonly<Record<string, string>> = {
  '/': 'Lá & Hạt – cà phê, trà và gốm',
  '/gio-hang': 'Giỏ hàng',
  '/thanh-toan': 'Thanh toán',
  '/thanh-toan/giao-hang': 'Giao hàng',
  '/thanh-toan/tra-tien': 'Trả tiền',
  '/cam-on': 'Cảm ơn bạn',
  '/dang-ky': 'Đăng ký',
  '/dang-nhap': 'Đăng nhập',
  '/tim-kiem': 'Tìm kiếm',
  '/khao-sat': 'Bạn hài lòng chứ?',
  '/don-hang': 'Đơn hàng của bạn',
};

const NAMES: Readonly<Record<string, string>> = {
  'ca-phe': 'Cà phê',
  tra: 'Trà',
  'dung-cu': 'Dụng cụ pha',
  gom: 'Gốm & ly',
  'qua-tang': 'Quà tặng',
};

export function titleOf(address: string, world: World): string {
  const path = address.split('?')[0]!;
  const last = path.split('/').at(-1)!;
  if (path.startsWith('/san-pham/')) {
    return world.products.find((product) => productPath(product) === path)?.name ?? last;
  }
  if (path.startsWith('/danh-muc/')) return NAMES[last] ?? last;
  if (path.startsWith('/cam-nang/')) return `Cẩm nang ${GUIDES.indexOf(last) + 1}`;
  return TITLES[path] ?? last;
}

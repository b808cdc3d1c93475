/** A product of the simulated shop. `price` in VND. */
export interface Product {
  product_id: string;
  sku: string;
  name: string;
  brand: string;
  category: string;
  price: number;
  /** How often it is looked at, beside the others. */
  appeal: number;
}

/** Lá & Hạt, a made-up shop for coffee, tea and what one drinks them from. Name, price in thousand VND, appeal. */
const SHELVES: Readonly<Record<string, [string, number, number][]>> = {
  'ca-phe': [
    ['Cà phê Robusta Buôn Ma Thuột 500g', 165, 9],
    ['Cà phê Arabica Cầu Đất 250g', 145, 8],
    ['Cà phê Moka Đà Lạt 250g', 195, 5],
    ['Cà phê phin truyền thống 500g', 129, 9],
    ['Cà phê túi lọc hộp 20 gói', 119, 7],
    ['Cà phê hoà tan sữa dừa hộp 12 gói', 89, 6],
    ['Cold brew đóng chai 1L', 99, 5],
    ['Hạt Typica mật ong 200g', 235, 3],
    ['Blend Sáng Sớm 1kg', 310, 4],
    ['Decaf Sơn La 250g', 185, 2],
  ],
  tra: [
    ['Trà sen Tây Hồ 100g', 420, 4],
    ['Trà ô long Bảo Lộc 200g', 175, 6],
    ['Trà Shan tuyết cổ thụ 100g', 260, 4],
    ['Trà lài Thái Nguyên 200g', 110, 6],
    ['Trà gừng mật ong hộp 20 gói', 75, 5],
    ['Trà hoa cúc 50g', 85, 5],
    ['Hồng trà Hà Giang 150g', 150, 3],
    ['Matcha Lâm Đồng 80g', 220, 5],
    ['Trà atiso Đà Lạt hộp 50 gói', 95, 3],
  ],
  'dung-cu': [
    ['Phin nhôm cổ điển', 69, 8],
    ['Phin inox 4 người', 145, 5],
    ['Bình French press 600ml', 390, 4],
    ['Phễu V60 gốm Bát Tràng', 320, 4],
    ['Ấm cổ ngỗng 700ml', 690, 3],
    ['Cối xay tay thép không gỉ', 890, 3],
    ['Cân điện tử có đồng hồ', 550, 2],
    ['Ca đánh sữa 350ml', 210, 3],
    ['Máy espresso gia đình', 4_900, 1.5],
    ['Giấy lọc V60 100 tờ', 85, 4],
  ],
  gom: [
    ['Cốc gốm men tro', 185, 6],
    ['Bộ ấm chén Bát Tràng 6 món', 1_250, 2.5],
    ['Ly giữ nhiệt 480ml', 340, 5],
    ['Chén trà men ngọc', 120, 4],
    ['Khay tre', 165, 3],
    ['Bình thuỷ tinh ủ lạnh 1,2L', 275, 4],
    ['Ly cà phê sữa đá đôi', 150, 5],
  ],
  'qua-tang': [
    ['Hộp quà Tết Lá & Hạt', 790, 3],
    ['Hộp quà trà ba miền', 520, 3],
    ['Set phin và cà phê khởi đầu', 245, 6],
    ['Thẻ quà tặng 500.000đ', 500, 2],
  ],
};

/** Shops outside Vietnam get the same shelves at about these prices in their own money. */
const VND_PER_UNIT = 25_000;

export function catalogue(currency: string): Product[] {
  const priceOf = (thousands: number) =>
    currency === 'VND' ? thousands * 1_000 : Math.round((thousands * 100_000) / VND_PER_UNIT) / 100;
  return Object.entries(SHELVES).flatMap(([category, shelf], row) =>
    shelf.map(([name, thousands, appeal], place) => {
      const number = `${row + 1}${String(place + 1).padStart(2, '0')}`;
      return {
        product_id: `P${number}`,
        sku: `LH-${number}`,
        name,
        brand: place % 3 === 0 ? 'Lá & Hạt' : place % 3 === 1 ? 'Nương Cao' : 'Gốm Làng',
        category,
        price: priceOf(thousands),
        appeal,
      };
    }),
  );
}

/** Free of charge from the first, `fee` below it; both in the catalogue's money. */
export const shippingOf = (currency: string) =>
  currency === 'VND' ? { free_from: 500_000, fee: 25_000 } : { free_from: 20, fee: 1.5 };

#!/usr/bin/env bash
# The track API with nothing but curl. WRITE_KEY comes from `npx throughline key add --site SITE --kind write`.
set -euo pipefail
base="${BASE:-http://127.0.0.1:8787}"
key="${WRITE_KEY:?set WRITE_KEY to a write key of your site}"

post() { curl -sS --fail-with-body "$base/v1/$1" -u "$key:" -H 'content-type: application/json' -d "$2"; echo; }

# Who it is: from here on their visits before and after belong to one customer.
post identify '{
  "messageId": "example-identify-1", "anonymousId": "visitor-7f3a", "userId": "customer-1042",
  "traits": { "email": "an@example.com", "name": "An" }
}'

# What they did. The same messageId counts once, so send it again when in doubt.
post track '{
  "messageId": "example-order-1001", "userId": "customer-1042", "event": "Order Completed",
  "properties": {
    "order_id": "1001", "total": 285000, "currency": "VND",
    "products": [{ "product_id": "tea-12", "name": "Green tea", "price": 95000, "quantity": 3 }]
  }
}'

# Many at once, with their own times: up to 500 calls a request.
post batch '{ "batch": [
  { "type": "page", "messageId": "example-page-1", "anonymousId": "visitor-7f3a",
    "properties": { "url": "https://shop.example/tea", "title": "Tea" }, "timestamp": "2026-11-20T03:04:05.678Z" },
  { "type": "track", "messageId": "example-cart-1", "anonymousId": "visitor-7f3a", "event": "Product Added",
    "properties": { "product_id": "tea-12", "price": 95000 }, "timestamp": "2026-11-20T03:05:10.000Z" }
] }'

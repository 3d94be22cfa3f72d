#!/usr/bin/env bash
# A TypeScript client made from the bundle, checked by the compiler and called against a mock of the contract (Prism).
# Needs Node.js with npm, and mvn -pl openapi compile before. By hand: it fetches packages from npm.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
bundle="$here/../../openapi/target/bundled/elumenta.yaml"
work="$(mktemp -d)"
port=4018
cd "$work"
npm init -y > /dev/null
npm install --no-audit --no-fund --silent \
  openapi-typescript@7.13.0 openapi-fetch@0.17.0 typescript@5.9.3 @types/node@22 @stoplight/prism-cli@5.14.2
npx openapi-typescript "$bundle" -o elumenta.d.ts
cp "$here/call.ts" .
npx tsc --strict --skipLibCheck --module nodenext --moduleResolution nodenext --target es2022 --types node call.ts
npx prism mock -p "$port" "$bundle" > prism.log 2>&1 &
mock=$!
trap 'kill "$mock"; rm -rf "$work"' EXIT
until curl -s -o /dev/null "http://127.0.0.1:$port/balance"; do kill -0 "$mock"; sleep 0.5; done
ELUMENTA_URL="http://127.0.0.1:$port" node call.js

#!/usr/bin/env bash
# Two TypeScript clients, of openapi-typescript with openapi-fetch and of the generator "typescript-fetch", checked by the compiler
# and called against the simulator. Needs Node.js 20 or newer with npm, mvn -pl openapi compile before. By hand: npm fetches packages.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y > /dev/null
npm install --no-audit --no-fund --silent openapi-typescript@7.13.0 openapi-fetch@0.17.0 typescript@5.9.3 @types/node@22
npx openapi-typescript "$here/../../openapi/target/bundled/elumenta.yaml" -o elumenta.d.ts > /dev/null 2>&1
mvn -q -f "$here/pom.xml" generate-sources -Dgenerator=typescript-fetch -Doutput="$work/client" > generator.log 2>&1 ||
  { cat generator.log; exit 1; }
cp "$here"/*.ts .
npx tsc --strict --skipLibCheck --module commonjs --esModuleInterop --target es2022 --lib es2022,dom --types node \
  openapi-fetch.ts typescript-fetch.ts
. "$here/simulator.sh"
node openapi-fetch.js
node typescript-fetch.js

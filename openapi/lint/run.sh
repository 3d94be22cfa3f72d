#!/usr/bin/env bash
# The linters that others use, over the bundle; needs Node.js and npm, and mvn -pl openapi compile before.
# Any warning that spectral.yaml and redocly.yaml do not explain fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
bundle=openapi/target/bundled/elumenta.yaml
npx --yes @stoplight/spectral-cli@6.16.3 lint --fail-severity=hint -r openapi/lint/spectral.yaml "$bundle"
npx --yes @redocly/cli@2.77.0 lint --config openapi/lint/redocly.yaml --max-problems 0 --format=summary "$bundle" |
  tee /dev/stderr | { ! grep -E '^(error|warning) '; }

#!/usr/bin/env bash
# A Go client of the generator "go", called against the simulator. Needs Go 1.18 or newer, mvn -pl openapi compile before. It has no
# dependency, so nothing is fetched.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
mvn -q -f "$here/pom.xml" generate-sources -Dgenerator=go -Doutput="$work/client" > generator.log 2>&1 || { cat generator.log; exit 1; }
mkdir call
cp "$here/call.go" call/main.go
cat > call/go.mod <<'MOD'
module example.com/call

require github.com/GIT_USER_ID/GIT_REPO_ID v0.0.0
replace github.com/GIT_USER_ID/GIT_REPO_ID => ../client
MOD
cd call
go vet ./... ../client 2> vet.log || { cat vet.log; exit 1; }
go build -o ../call.bin .
cd ..
. "$here/simulator.sh"
./call.bin

#!/usr/bin/env bash
# A Python client of the generator "python", called against the simulator. Needs Python 3.9 or newer with pip, mvn -pl openapi
# compile before. By hand: it fetches urllib3, pydantic, python-dateutil and typing-extensions.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
mvn -q -f "$here/pom.xml" generate-sources -Dgenerator=python -Doutput="$work/client" > generator.log 2>&1 || { cat generator.log; exit 1; }
python3 -m venv venv
venv/bin/pip install -q -r client/requirements.txt
. "$here/simulator.sh"
PYTHONPATH=client venv/bin/python "$here/call.py"

# Sourced by the scripts beside it. Sets ELUMENTA_URL and ELUMENTA_KEY to a simulator's; starts one, which ends with the script,
# unless ELUMENTA_URL names one that runs. DIALECT=second has ids that are text.
if [ -z "${ELUMENTA_URL:-}" ]; then
  house="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
  mvn -q -f "$house/pom.xml" -P simulator -Dmaven.test.skip=true -Dmaven.javadoc.skip=true -Dmaven.source.skip=true -pl contract-testing -am verify \
    -Delumenta.simulator="port=${PORT:-8090} dialect=${DIALECT:-first} log=none" > simulator.log 2>&1 &
  simulator=$!
  trap 'kill "$simulator" 2> /dev/null; rm -rf "$work"' EXIT
  ELUMENTA_URL="http://127.0.0.1:${PORT:-8090}/api/v2"
  until curl -sf -o /dev/null "${ELUMENTA_URL%/api/v2}/__elumenta/key"; do
    kill -0 "$simulator" || { cat simulator.log; exit 1; }
    sleep 1
  done
fi
export ELUMENTA_URL
ELUMENTA_KEY="$(curl -s "${ELUMENTA_URL%/api/v2}/__elumenta/key" | sed 's/.*"apiKey":"\([^"]*\)".*/\1/')"
export ELUMENTA_KEY

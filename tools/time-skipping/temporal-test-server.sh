#!/bin/sh
# Temporal's time-skipping test server: temporal-test-server.sh PORT. The SDK ends it with SIGKILL, which reaches Java only
# because of `exec`, and waits 5 seconds for its port, which on a busy machine Java needs its archive of loaded classes for:
# the first run that is ended by SIGTERM writes it.
cd -- "$(dirname -- "$0")" || exit 1
classes=SharedArchiveFile
[ -e classes.jsa ] || classes=ArchiveClassesAtExit
exec java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData "-XX:$classes=classes.jsa" \
  -cp "$(echo *.jar | tr ' ' ':')" io.temporal.testserver.TestServer "$@"

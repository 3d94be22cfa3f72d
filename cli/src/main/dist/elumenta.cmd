@echo off
rem Starts the jar beside this script. Its variables are its own; its exit code is the program's.
rem An exclamation mark stays one, also where delayed expansion is on.
setlocal DisableDelayedExpansion
set "JAVA=java"
if not defined JAVA_HOME goto start
set "JAVA=%JAVA_HOME:"=%\bin\java"
:start
"%JAVA%" -Xlog:disable -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "%~dp0elumenta.jar" %*

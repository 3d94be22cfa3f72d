@echo off
rem Starts the jar beside this script. Its variables are its own; its exit code is the program's.
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -jar "%~dp0elumenta.jar" %*

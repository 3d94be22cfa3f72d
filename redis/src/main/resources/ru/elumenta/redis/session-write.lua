-- Stores a session in the place of the one that its writer has seen. KEYS: session.
-- ARGV: version that was seen, id of this write, kind ('tokens', 'end' or 'none'), value, ms to keep it.
-- Returns the version now, or -1 if somebody has written since.
--
-- The version is the fence: it counts every write, also the one that removes, and is never set back while
-- anybody may have seen it. An end that was written by one who had seen the same does not count: it was
-- concluded from a refresh token that was refused because this writer had spent it, and has the next.
local stored = redis.call('HMGET', KEYS[1], 'version', 'write', 'kind')
local version = tonumber(stored[1] or 0)
if stored[2] == ARGV[2] then
  return version -- the same command, once more
end
local seen = tonumber(ARGV[1])
local isEndOfTheSame = stored[3] == 'end' and version == seen + 1 and ARGV[3] == 'tokens'
if version ~= seen and not isEndOfTheSame then
  return -1
end
version = version + 1
redis.call('HSET', KEYS[1], 'version', version, 'write', ARGV[2], 'kind', ARGV[3], 'value', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return version

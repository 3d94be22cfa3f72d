-- Adds items to a batch, each id once. KEYS: sums, stream, live, ended, ids.
-- ARGV: ms to keep things, then id and request in turn. Returns how many were new.
local added = 0
for i = 2, #ARGV, 2 do
  if redis.call('SADD', KEYS[5], ARGV[i]) == 1 then
    redis.call('XADD', KEYS[2], '*', 'id', ARGV[i], 'request', ARGV[i + 1])
    added = added + 1
  end
end
redis.call('HINCRBY', KEYS[1], 'total', added)
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[1])
end
return {added}

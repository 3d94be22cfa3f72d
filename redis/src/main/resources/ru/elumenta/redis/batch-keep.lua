-- A worker still has these items. KEYS: stream. ARGV: worker, entries. Returns those that it has no more.
local lost = {}
for i = 2, #ARGV do
  local pending = redis.call('XPENDING', KEYS[1], 'workers', ARGV[i], ARGV[i], 1)[1]
  if pending and pending[2] == ARGV[1] then
    redis.call('XCLAIM', KEYS[1], 'workers', ARGV[1], 0, ARGV[i], 'JUSTID') -- as if it had been read now
  else
    lost[#lost + 1] = ARGV[i]
  end
end
return lost

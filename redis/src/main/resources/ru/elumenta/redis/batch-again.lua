-- Has open items looked for once more. KEYS: sums, stream, live, ended, ids. Returns how many.
local states = redis.call('HGETALL', KEYS[3])
local again = 0
for i = 1, #states, 2 do
  local price, call, entry = string.match(states[i + 1], '^O|(-?%d+)|([^|]*)|([^|]*)|')
  local kept = entry and redis.call('XRANGE', KEYS[2], entry, entry)[1]
  if kept and #redis.call('XPENDING', KEYS[2], 'workers', entry, entry, 1) == 0 then
    local new = redis.call('XADD', KEYS[2], '*', unpack(kept[2]))
    redis.call('XDEL', KEYS[2], entry)
    redis.call('HSET', KEYS[3], states[i], 'O|' .. price .. '|' .. call .. '|' .. new .. '|')
    again = again + 1
  end
end
return {again}

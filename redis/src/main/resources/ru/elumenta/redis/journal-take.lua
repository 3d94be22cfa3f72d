-- Takes over calls whose owners are dead. KEYS: calls, since, takers, owners. ARGV: who takes them, how many.
-- Returns the time in microseconds and their entries, the oldest first: those it has taken before, too.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local lives = {}
for _, owner in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '(' .. string.format('%.0f', now), '+inf')) do
  lives[owner] = true
end
local answer = {now}
local from = 0
while #answer <= tonumber(ARGV[2]) do
  local ids = redis.call('ZRANGE', KEYS[2], from, from + 99)
  if #ids == 0 then
    break
  end
  local entries = redis.call('HMGET', KEYS[1], unpack(ids))
  local takers = redis.call('HMGET', KEYS[3], unpack(ids))
  for i, id in ipairs(ids) do
    local entry = entries[i]
    local taker = takers[i]
    local isMine = taker == ARGV[1]
    if entry and #answer <= tonumber(ARGV[2]) and not lives[string.match(entry, '^[^|]*')]
        and (isMine or not taker or not lives[taker]) then
      if not isMine then
        redis.call('HSET', KEYS[3], id, ARGV[1])
      end
      answer[#answer + 1] = entry
    end
  end
  from = from + 100
end
return answer

-- Says that an owner lives. KEYS: calls, owners. ARGV: owner, lease in ms, ids of its calls.
-- Returns the time in microseconds, and those of its calls that are not there.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZADD', KEYS[2], now + ARGV[2] * 1000, ARGV[1])
local answer = {now}
for i = 3, #ARGV do
  if redis.call('HEXISTS', KEYS[1], ARGV[i]) == 0 then
    answer[#answer + 1] = ARGV[i]
  end
end
return answer

-- Stands before scripts of the pacing. ARGV: now in ms, 0 for that of this server's clock.
local now = tonumber(ARGV[1])
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

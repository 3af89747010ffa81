/** Leases on Redis's clock: a key that ends by itself. The counter of fences stays beside it, so that the next one is higher. */
export const leaseScripts: Readonly<Record<"acquire" | "renew" | "release", string>> = {
  acquire: `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + CLOCK_OFFSET
local owner, endsAt = unpack(redis.call('HMGET', KEYS[1], 'owner', 'endsAt'))
if endsAt and tonumber(endsAt) > now then return { 0, tonumber(endsAt) - now, owner } end
local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
redis.call('HSET', KEYS[1], 'owner', ARGV[2], 'endsAt', string.format('%.0f', now + ARGV[1]))
return { 1, fence, string.format('%.0f', now + ARGV[1]) }
`,
  renew: `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + CLOCK_OFFSET
local owner, endsAt, fence = unpack(redis.call('HMGET', KEYS[1], 'owner', 'endsAt', 'fence'))
if not endsAt or tonumber(endsAt) <= now then return { 0, 0 } end
if fence ~= ARGV[2] then return { 0, tonumber(endsAt) - now, owner } end
redis.call('HSET', KEYS[1], 'endsAt', string.format('%.0f', now + ARGV[1]))
return { 1, tonumber(fence), string.format('%.0f', now + ARGV[1]) }
`,
  release: `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + CLOCK_OFFSET
local endsAt, fence = unpack(redis.call('HMGET', KEYS[1], 'endsAt', 'fence'))
if not endsAt or tonumber(endsAt) <= now or fence ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'endsAt', '0')
return 1
`,
};

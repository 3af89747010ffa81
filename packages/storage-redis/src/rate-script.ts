/**
 * One step of a bucket, atomically and on Redis's own clock: the same as `exchangeRate` of `@ghlkit/storage`, held to it by the
 * same suite. KEYS[1] is the bucket, ARGV[1] the request as JSON, ARGV[2] how long an idle bucket is remembered.
 */
export const rateScript: string = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + CLOCK_OFFSET
local request = cjson.decode(ARGV[1])
local body = redis.call('GET', KEYS[1])
local none = cjson.null
local dayMs = 86400000
local state
if body then
  state = cjson.decode(body)
else
  state = { limit = none, windowMs = none, taken = 0, held = {}, reserved = {}, closedUntil = 0, trial = false,
    dayEndsAt = now + dayMs, isDayEndKnown = false, spent = 0, left = none, dayClosedUntil = 0, urgent = {} }
end

local never = -1e15
local others = state.others or { seen = {}, returning = {}, left = none, shownAt = never, underWayMs = 0, lowest = none, answeredAt = never,
  silenceEndedAt = never, calls = 0, returned = 0 }
state.others = others

local function given(value) return value ~= nil and value ~= none end
local function limitOf()
  local limit = given(state.limit) and state.limit or request.limit
  return given(request.maxLimit) and math.min(limit, request.maxLimit) or limit
end
local function windowOf() return given(state.windowMs) and state.windowMs or request.windowMs end
local function freeAgain() return now + windowOf() + 1 end
local function inFlight()
  local sum = 0
  for _, one in pairs(state.reserved) do sum = sum + one[2] end
  return sum
end
local function held()
  local sum = 0
  for _, one in ipairs(state.held) do sum = sum + one[2] end
  return sum
end
local function hold(freeAt, count)
  if count <= 0 then return end
  local last = state.held[#state.held]
  if last and last[1] == freeAt then last[2] = last[2] + count
  else state.held[#state.held + 1] = { freeAt, count } end
  if last and freeAt < last[1] then table.sort(state.held, function(a, b) return a[1] < b[1] end) end
end
local function unknownDay() return state.isDayEndKnown and state.dayEndsAt or now + 3600000 end

local function close(forMs)
  if now + forMs > state.closedUntil then state.closedUntil = now + forMs; state.closedForMs = forMs end
end

-- What ended comes free. The clock may have been set back: nothing is held for longer than a window from now, or closed for longer
-- than it was to be.
local kept = {}
for _, one in ipairs(state.held) do
  if one[1] > now then kept[#kept + 1] = { math.min(one[1], freeAgain()), one[2] } end
end
state.held = kept
local reserved = {}
for id, one in pairs(state.reserved) do
  if one[1] > now then reserved[id] = { math.min(one[1], now + request.leaseMs), one[2], one[3], one[4] } end
end
state.reserved = reserved
if now >= state.dayEndsAt or state.dayEndsAt > now + 2 * dayMs then
  state.dayEndsAt = now + dayMs; state.isDayEndKnown = false; state.spent = 0; state.left = none; state.dayClosedUntil = 0
end
state.closedUntil = math.min(state.closedUntil, now + (state.closedForMs or 0))
state.dayEndsAt = math.min(state.dayEndsAt, now + dayMs)
state.dayClosedUntil = math.min(state.dayClosedUntil, unknownDay())
if state.dayClosedUntil ~= 0 and now >= state.dayClosedUntil then state.left = none; state.dayClosedUntil = 0 end

local lost = request.seen > state.taken
if lost then
  state.taken = request.seen
  close(windowOf() + 1)
end

-- What answers show of other clients: the same as other-clients.ts of @ghlkit/storage.
local function isSilent() return now < others.answeredAt or now - others.answeredAt > windowOf() * 0.5 end
local function reckon()
  others.shownAt = math.min(others.shownAt, now)
  others.answeredAt = math.min(others.answeredAt, now)
  others.silenceEndedAt = math.min(others.silenceEndedAt, now)
  local returning = {}
  for _, one in ipairs(others.returning) do
    if one[1] > now then returning[#returning + 1] = { math.min(one[1], freeAgain()), one[2], one[3] }
    else
      others.returned = others.returned + one[3]
      if given(others.left) and one[2] + windowOf() > others.shownAt then others.left = others.left + one[3] end
    end
  end
  others.returning = returning
  local seen = {}
  for _, one in ipairs(others.seen) do
    if one[1] > now - 2 * windowOf() then seen[#seen + 1] = { math.min(one[1], now), one[2] } end
  end
  others.seen = seen
end
local function perMs()
  local spent = 0
  for _, one in ipairs(others.seen) do spent = spent + one[2] end
  return 1.5 * spent / (2 * windowOf())
end
local function unseen(rate) return rate == 0 and 0 or rate * (now - others.shownAt + others.underWayMs) end
local function ended(departure, answered, foreign, remaining)
  if isSilent() then others.silenceEndedAt = now end
  others.answeredAt = now
  reckon()
  if answered > 0 then others.returning[#others.returning + 1] = { freeAgain(), departure.grantedAt, answered } end
  if foreign > 0 then others.seen[#others.seen + 1] = { now, foreign } end
  if not given(remaining) then return end
  others.lowest = given(others.lowest) and math.min(others.lowest, remaining) or remaining
  local left = math.max(remaining - (others.calls - departure.counted), others.lowest - inFlight())
  local rate = perMs()
  local most = remaining + (rate > 0 and 0 or others.returned - departure.returned)
  local isStale = not given(others.left) or now - others.shownAt > windowOf() * 0.5
  if given(others.left) then others.left = math.min(others.left, most) end
  if not isStale and left < others.left - unseen(rate) then return end
  others.left = left
  others.shownAt = now
  others.underWayMs = now - departure.grantedAt
end
local function allowance(free)
  reckon()
  local rate = perMs()
  local isSettled = isSilent() or now - others.silenceEndedAt >= windowOf()
  if free <= 0 or (rate == 0 and isSettled) then return free end
  local expected = unseen(rate)
  local mayLearn = inFlight() == 0 and (free - expected >= 1 or now >= others.shownAt + windowOf()) and 1 or 0
  if isSilent() then return mayLearn end
  local left = given(others.left) and others.left or free
  return math.max(math.min(free, math.floor(left - expected)), mayLearn)
end

-- Returns how many slots others spent.
local function learn(shown, mark)
  if given(shown.windowMs) and shown.windowMs > 0 then state.windowMs = shown.windowMs end
  if given(shown.limit) and shown.limit > 0 then state.limit = shown.limit end
  local foreign = 0
  if given(shown.remaining) and mark then
    foreign = math.max(0, limitOf() - shown.remaining - (mark + state.taken))
    hold(freeAgain(), foreign)
    state.taken = state.taken + foreign
  end
  if not given(shown.dailyRemaining) then return foreign end
  local left = math.max(0, shown.dailyRemaining - inFlight())
  local newDay = given(state.left) and left > state.left + 10 * limitOf()
  if newDay then state.spent = 0 end
  if newDay or not given(state.left) then state.left = left else state.left = math.min(state.left, left) end
  if given(shown.dailyResetsInMs) then
    state.dayEndsAt = now + math.min(shown.dailyResetsInMs, dayMs); state.isDayEndKnown = true
  elseif newDay then
    state.dayEndsAt = now + dayMs; state.isDayEndKnown = false
  end
  state.dayClosedUntil = shown.dailyRemaining == 0 and unknownDay() or 0
  return foreign
end

for _, report in ipairs(request.reports) do
  local found = state.reserved[report.reservation]
  local one = found or { 0, 0, 0 }
  local answered = report.answered or 0
  local back = math.min(report.unsent or 0, one[2])
  local rest = one[2] - back - answered
  if rest > 0 then state.reserved[report.reservation] = { one[1], rest, one[3] - back, one[4] }
  else state.reserved[report.reservation] = nil end
  state.spent = math.max(0, state.spent - back)
  if given(state.left) and back > 0 then
    state.left = state.left + back
    state.dayClosedUntil = 0
  end
  if not found then state.taken = state.taken + answered end
  if back > 0 and given(others.left) then others.left = others.left + back end
  hold(freeAgain(), answered)
  local foreign = given(report.rate) and learn(report.rate, found and one[3]) or 0
  if one[4] and answered > 0 then ended(one[4], answered, foreign, given(report.rate) and report.rate.remaining or none) end
  if given(report.refusedForMs) then
    close(report.refusedForMs)
    state.trial = true
  elseif answered > 0 and now >= state.closedUntil then
    state.trial = false
  end
end

local function capacity()
  if now < state.closedUntil or now < state.dayClosedUntil then return 0 end
  local allowed = allowance(limitOf() - inFlight() - held())
  return state.trial and math.min(allowed, 1 - inFlight()) or allowed
end
local function leftToday()
  local left = given(state.left) and state.left or math.huge
  if given(request.dailyLimit) then left = math.min(left, request.dailyLimit - state.spent) end
  return math.max(0, left)
end

-- Slots that are kept free are for urgent calls alone: as many as those use per window, on average of three, less those that they got in
-- time and are using, and one more right after each.
local function keptFree()
  local recent = {}
  local usual, inUse, next = 0, 0, 0
  for _, one in ipairs(given(state.urgent) and state.urgent or {}) do
    if one[1] > now - 3 * windowOf() and one[1] <= now then
      recent[#recent + 1] = one
      usual = usual + one[2] / 3
      if one[1] > now - windowOf() * 0.97 then inUse = inUse + one[3] end
      if one[1] > now - windowOf() * 0.03 then next = 1 end
    end
  end
  state.urgent = recent
  return math.min(request.keepFree, math.max(0, math.floor(usual + 0.5) - inUse) + next)
end
local function usable()
  local free = capacity()
  return math.max(math.min(request.urgent, free), free - keptFree())
end
local function noteUrgent(count)
  local inTime = state.urgentShort == true and 0 or count
  if request.urgent > 0 then state.urgentShort = count < request.urgent end
  if count == 0 then return end
  local last = state.urgent[#state.urgent]
  if last and now - last[1] < windowOf() / 100 then
    last[2] = last[2] + count
    last[3] = last[3] + inTime
  else state.urgent[#state.urgent + 1] = { now, count, inTime } end
end

local granted = math.max(0, math.min(request.count, usable(), leftToday() - request.keepDaily))
noteUrgent(math.min(granted, request.urgent))
if granted > 0 then
  state.taken = state.taken + granted
  state.spent = state.spent + granted
  if given(state.left) then
    state.left = state.left - granted
    if state.left == 0 and state.dayClosedUntil == 0 then state.dayClosedUntil = unknownDay() end
  end
  if inFlight() == 0 then others.lowest = none end
  if given(others.left) then others.left = others.left - granted end
  local departure = { grantedAt = now, counted = others.calls + 1 - inFlight(), returned = others.returned }
  others.calls = others.calls + granted
  state.reserved[request.reservation] = { now + request.leaseMs, granted, 0, departure }
  state.reserved[request.reservation][3] = inFlight() + held() - state.taken
end

local function retryAfter()
  if leftToday() == 0 or (state.trial and now >= state.closedUntil and inFlight() > 0) then return nil end
  local missing = 1 - (limitOf() - inFlight() - held())
  local at = now
  for _, one in ipairs(state.held) do
    if missing <= 0 then break end
    missing = missing - one[2]
    at = one[1]
  end
  if missing > 0 then return nil end
  return math.max(at, state.closedUntil) - now
end

local grant = { granted = granted, lost = lost, limit = limitOf(), windowMs = windowOf(), free = math.max(0, capacity()),
  inFlight = inFlight(), taken = state.taken, spentToday = state.spent, retryAfterMs = retryAfter() }
if leftToday() ~= math.huge then grant.leftToday = leftToday() end
if state.isDayEndKnown then grant.dayEndsInMs = state.dayEndsAt - now end
local memory = math.max(ARGV[2] + 0, state.dayEndsAt - now)
redis.call('SET', KEYS[1], cjson.encode(state), 'PX', string.format('%.0f', memory))
return cjson.encode(grant)
`;

-- Sends a form again and again, each time as a new one: its own one-time key, and (for public forms, which are limited
-- by network) another network every twenty forms. The fields come in BENCH_FORM.

local fields = os.getenv("BENCH_FORM") or ""
local threads = 0

function setup(thread)
   thread:set("id", threads)
   threads = threads + 1
end

function init()
   math.randomseed(os.time() * 16 + id)
   run = string.format("%08x%04x", os.time(), math.random(0, 65535))
   -- 10.0.0.0/8 is nobody's
   net = math.random(0, 255) * 65536 + math.random(0, 255) * 256
   count = 0
   wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
   wrk.headers["Sec-Fetch-Site"] = "same-origin"
end

function request()
   count = count + 1
   local at = (net + math.floor(count / 20)) % 16777216
   wrk.headers["X-Forwarded-For"] =
      string.format("10.%d.%d.%d", math.floor(at / 65536), math.floor(at / 256) % 256, at % 256)
   local body = string.format("%s&kunci=%s%02d%08x", fields, run, id, count)
   return wrk.format("POST", nil, nil, body)
end

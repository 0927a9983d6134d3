package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// policy is all that a page may load: its own files, nothing inline, nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// marker is the header that only our own script sets: a form of another site cannot, and its script may not.
const marker = "X-Lamsach"

// harden sets what every answer carries and slows down whoever asks too much.
func (s *Site) harden(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Cache-Control", "no-store")
		if s.secure(r) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if !s.limits.address.allow(s.address(r), s.Now()) {
			tooMany(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// change lets through what the page's own script asks for.
func (s *Site) change(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(marker) == "" || !sameOrigin(r) {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

// sameOrigin reports whether the browser says that the request comes from our own page. Browsers leave out
// Sec-Fetch-Site on plain HTTP; then Origin must be given.
func sameOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin"
	}
	origin, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && origin.Host != "" && strings.EqualFold(origin.Host, r.Host)
}

// secure reports whether the browser speaks TLS, to us or to the proxy.
func (s *Site) secure(r *http.Request) bool {
	return r.TLS != nil || s.Proxy && r.Header.Get("X-Forwarded-Proto") == "https"
}

// address gives whom to count a request to: an IPv4 address, or the /64 net of an IPv6 address.
func (s *Site) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if s.Proxy {
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if last := strings.TrimSpace(hops[len(hops)-1]); last != "" {
			host = last
		}
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return "unknown"
	}
	if ip = ip.Unmap(); ip.Is6() {
		if prefix, err := ip.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return ip.String()
}

// limits say how much is too much. A whole office, or a province, may stand behind one address.
type limits struct {
	address *gauge // anything, per address
	sending *gauge // messages, presses, files, per person
	files   *gauge // files, per person
	codes   *gauge // invitation codes, per address
	allCode *gauge // invitation codes in all
}

func newLimits() *limits {
	return &limits{
		address: newGauge(100, 600),
		sending: newGauge(4, 40),
		files:   newGauge(0.5, 30),
		codes:   newGauge(0.2, 20),
		allCode: newGauge(2, 60),
	}
}

// maxGauged is how many keys a gauge remembers.
const maxGauged = 10_000

// gauge is a token bucket per key.
type gauge struct {
	mu      sync.Mutex
	perSec  rate.Limit
	burst   int
	buckets map[string]*rate.Limiter
}

func newGauge(perSec rate.Limit, burst int) *gauge {
	return &gauge{perSec: perSec, burst: burst, buckets: map[string]*rate.Limiter{}}
}

// allow takes one token of the key's bucket, if there is one.
func (g *gauge) allow(key string, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	b := g.buckets[key]
	if b == nil {
		if len(g.buckets) >= maxGauged {
			g.forget(now)
		}
		b = rate.NewLimiter(g.perSec, g.burst)
		g.buckets[key] = b
	}
	return b.AllowN(now, 1)
}

// forget drops the buckets that are full again, and if that is not enough, any one.
func (g *gauge) forget(now time.Time) {
	for key, b := range g.buckets {
		if b.TokensAt(now) >= float64(g.burst) {
			delete(g.buckets, key)
		}
	}
	for key := range g.buckets {
		if len(g.buckets) < maxGauged {
			return
		}
		delete(g.buckets, key)
	}
}

// tooMany asks the page to wait a moment.
func tooMany(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "3")
	http.Error(w, "too many requests", http.StatusTooManyRequests)
}

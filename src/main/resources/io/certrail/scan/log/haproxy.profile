[profile]
name = haproxy
title = HAProxy, log and error log

# what the remedies below configure
[format audit, JSON]
type = json
require = client_ip client_port frontend
once = *
time = time
address = client_ip
port = client_port
subject = subject
serial = serial
fingerprint = sha1
reason = error
status = status
request_id = request_id
connection = id

# option httplog: address:port [accept date] frontend backend/server times status bytes - - flags …
[format HTTP]
type = pattern
once = *
pattern = (?<![0-9a-fA-F.:])(?<address>[0-9a-fA-F.:]{1,45}):(?<port>\d{1,5}) \[(?<time>[^\]\[]{1,64})\] \S+ \S+ [-\d]+/[-\d]+/[-\d]+/[-\d]+/[-\d]+ (?<status>-?\d+) \d+

# an error before a request: address:port [date] frontend/bind: words
[format error]
type = pattern
once = *
pattern = (?<![0-9a-fA-F.:])(?<address>[0-9a-fA-F.:]{1,45}):(?<port>\d{1,5}) \[(?<time>[^\]\[]{1,64})\] [^\s/]++/\S++(?<=:) (?<reason>.+)

[reasons]
# ssl_c_err is the number of OpenSSL's X509_V_ERR_…
certificate_required = did not return a certificate
certificate_expired = ssl_c_err=10\b|certificate has expired
certificate_not_yet_valid = ssl_c_err=9\b|not yet valid
certificate_revoked = ssl_c_err=23\b|revoked
unknown_ca = ssl_c(_ca)?_err=(2|19|20|21)\b|unable to get local issuer
self_signed = ssl_c_err=18\b|self.signed certificate(?! in)
wrong_key_usage = ssl_c_err=26\b|certificate purpose
name_constraints_violated = ssl_c(_ca)?_err=(47|48)\b|subtree violation
revocation_unknown = ssl_c(_ca)?_err=3\b
client_aborted = closed during ssl handshake|connection closed|(?-i:(?<![\w-])C[CDHLQRT-][NIDVEOU-][NIUPRD-](?![\w-]))
client_reset = connection error during ssl handshake|connection reset|reset by peer|closed during ssl handshake
no_data = connection closed|timeout during ssl handshake|(?-i:\bCR--)
bad_request_line = <BADREQ>|(?-i:\bPR--)
header_too_large = too (big|large|long)
request_timeout = (?-i:\bcR--)|\b408\b|timeout

[remedy not-recorded identity-missing reason-missing unstructured scattered outcome-missing forged-record raw-controls]
# in global
log stdout format raw local0
# in the frontend; empty connections are told, and failed handshakes with their certificate and OpenSSL's words.
# json() keeps hostile names and ids from forging members: %ID and %r alone do not
log global
no option dontlognull
http-request set-var(txn.path) path
unique-id-format %[req.hdr(x-request-id),json(utf8s)]
log-format '{"time":"%tr","client_ip":"%ci","client_port":%cp,"frontend":"%f","id":"%ID","subject":"%[ssl_c_s_dn,json(utf8s)]","serial":"%[ssl_c_serial,hex]","sha1":"%[ssl_c_sha1,hex]","verify":"ssl_c_err=%[ssl_c_err]","status":%ST,"state":"%tsc","method":"%HM","path":"%[var(txn.path),json(utf8s)]"}'
error-log-format '{"time":"%tr","client_ip":"%ci","client_port":%cp,"frontend":"%f","id":"%ID","error":"%[fc_err_str] %[ssl_fc_err_str] ssl_c_err=%[ssl_c_err] ssl_c_ca_err=%[ssl_c_ca_err]","subject":"%[ssl_c_s_dn,json(utf8s)]","serial":"%[ssl_c_serial,hex]","sha1":"%[ssl_c_sha1,hex]","status":%ST,"state":"%tsc"}'

[remedy request-id-missing]
unique-id-format %[req.hdr(x-request-id),json(utf8s)]
# and %ID in log-format

[remedy wrong-decision]
bind :8443 ssl crt server.pem ca-file clients-ca.pem verify required crl-file crl.pem

[remedy secret-logged]
# path instead of %r in log-format: the path without its query
http-request set-var(txn.path) path
log-format '{… "path":"%[var(txn.path),json(utf8s)]"}'

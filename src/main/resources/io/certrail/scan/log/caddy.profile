[profile]
name = caddy
title = Caddy, JSON log

[format access]
type = json
require = logger request.remote_ip status
once = *
time = ts
address = request.remote_ip
port = request.remote_port
subject = request.tls.client_common_name
serial = request.tls.client_serial
status = status
request_id = request.headers.X-Request-Id

[format error]
type = json
require = level ts logger msg
time = ts
reason = error msg

[remedy not-recorded]
# the global option: failed handshakes are told by "debug" only
{
  debug
  log default { format json }
}
# and in the site
log

[remedy identity-missing]
# in the site: what the access log does not hold by itself
log_append client_subject {tls_client_subject}
log_append client_serial {tls_client_serial}

[remedy wrong-decision]
tls { client_auth { mode require_and_verify
  trust_pool file /etc/caddy/clients-ca.pem } }

[profile]
name = certrail
title = Certrail's trail
exact-reasons = true

[format record]
type = json
require = schema event.name audit.sequence
once = tls.handshake http.request
time = time
kind = event.name
address = client.address
port = client.port
subject = tls.client.subject
serial = tls.client.serial_number
fingerprint = tls.client.hash.sha256
reason = error.type
status = http.response.status_code
outcome = event.outcome
request_id = http.request.id
connection = mtls.connection.id

[remedy not-recorded]
Deploy certrail.war (or certrail-embed.jar in your own WAR); on WildFly and other servers install certrail-hook.jar, too:
handshakes are seen by it alone. "GET /health/ready" tells whether the trail can be written.

[remedy wrong-decision]
# Payara: refuse clients without a certificate, and revoked ones
set configs.config.server-config.network-config.protocols.protocol.https-listener.ssl.client-auth=need
set configs.config.server-config.network-config.protocols.protocol.https-listener.ssl.crl-file=/etc/certrail/crl.pem

[profile]
name = envoy
title = Envoy, access log

[format access, JSON]
type = json
require = downstream_remote_address response_code
once = *
time = start_time time
address = downstream_remote_ip
port = downstream_remote_port
subject = downstream_peer_subject
serial = downstream_peer_serial
fingerprint = downstream_peer_fingerprint_256
reason = downstream_transport_failure_reason
status = response_code
request_id = x_request_id request_id
connection = connection_id

[format access, default]
type = pattern
once = *
pattern = ^\[(?<time>\d{4}-\d\d-\d\dT[^\]]+)\] "[^"\\]*+(?:\\.[^"\\]*+)*+" (?<status>\d{1,3}) \S+ (?:(?<reason>"[^"]*"|\S+) )?\d+ \d+ (?:\d+|-) (?:\d+|-)(?: "[^"\\]*+(?:\\.[^"\\]*+)*+" "[^"\\]*+(?:\\.[^"\\]*+)*+" "(?<requestid>[^"\\]*+(?:\\.[^"\\]*+)*+)".*)?

[remedy not-recorded reason-missing identity-missing peer-missing scattered unstructured request-id-missing outcome-missing]
# a listener's access_log tells failed handshakes, too; that of the HTTP connection manager tells requests only
access_log:
- name: envoy.access_loggers.file
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog
    path: /var/log/envoy/access.json
    log_format:
      json_format: &audit
        start_time: "%START_TIME%"
        connection_id: "%CONNECTION_ID%"
        downstream_remote_address: "%DOWNSTREAM_REMOTE_ADDRESS%"
        downstream_remote_ip: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"
        downstream_remote_port: "%DOWNSTREAM_REMOTE_PORT%"
        downstream_peer_subject: "%DOWNSTREAM_PEER_SUBJECT%"
        downstream_peer_serial: "%DOWNSTREAM_PEER_SERIAL%"
        downstream_peer_fingerprint_256: "%DOWNSTREAM_PEER_FINGERPRINT_256%"
        downstream_transport_failure_reason: "%DOWNSTREAM_TRANSPORT_FAILURE_REASON%"
        response_code: "%RESPONSE_CODE%"
        response_code_details: "%RESPONSE_CODE_DETAILS%"
        x_request_id: "%REQ(X-REQUEST-ID)%"
        user_agent: "%REQ(USER-AGENT)%"

[remedy wrong-decision]
# in the DownstreamTlsContext
require_client_certificate: true
common_tls_context:
  validation_context:
    trusted_ca: { filename: /etc/envoy/clients-ca.pem }
    crl: { filename: /etc/envoy/crl.pem }

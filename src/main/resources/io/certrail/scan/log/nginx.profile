[profile]
name = nginx
title = nginx, error_log and access_log

# what the remedies below configure; "connection" is the number behind * in the error log
[format access, JSON]
type = json
require = connection remote_port status
once = *
time = time time_iso8601 msec
address = remote_addr
port = remote_port
subject = ssl_client_s_dn
serial = ssl_client_serial
fingerprint = ssl_client_fingerprint
reason = ssl_client_verify
status = status
request_id = http_x_request_id request_id
connection = connection

[format error]
type = pattern
pattern = ^(?<time>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[\w+\] \d+#\d+: (?:\*(?<connection>\d+) )?.*?(?:, client: (?<address>[0-9a-fA-F.:]+))?(?:, server: |$)

[format access, combined]
type = pattern
once = *
pattern = ^(?<address>[0-9a-fA-F.:]+) - \S+ \[(?<time>[^\]]+)\] "[^"\\]*+(?:\\.[^"\\]*+)*+" (?<status>\d{3}) \d+

[remedy not-recorded/authentication not-recorded/input not-recorded/availability reason-missing]
# handshakes, and what is wrong with a request, are told at the level "info" only
error_log /var/log/nginx/error.log info;

[remedy not-recorded peer-missing identity-missing request-id-missing unstructured scattered outcome-missing]
# in http { }: the client's port, the certificate, the verdict on it, ids; "connection" is the number behind * in the error
# log. What the error log tells it tells as text, without port and certificate: nginx has no other form for it
log_format audit escape=json '{"time":"$time_iso8601","connection":$connection,"remote_addr":"$remote_addr",'
  '"remote_port":$remote_port,"ssl_protocol":"$ssl_protocol","ssl_cipher":"$ssl_cipher",'
  '"ssl_client_verify":"$ssl_client_verify","ssl_client_s_dn":"$ssl_client_s_dn",'
  '"ssl_client_serial":"$ssl_client_serial","ssl_client_fingerprint":"$ssl_client_fingerprint",'
  '"method":"$request_method","uri":"$uri","status":$status,"user_agent":"$http_user_agent",'
  '"http_x_request_id":"$http_x_request_id","request_id":"$request_id"}';
# in server { }
access_log /var/log/nginx/access.json audit;

[remedy forged-record raw-controls]
# the error log tells a file that is not there by its decoded path, line breaks and all; the access log has the request
log_not_found off;

[remedy secret-logged]
# $uri instead of $request or $request_uri in log_format: the query is where tokens stand

[remedy late]
# no buffer= and flush= at access_log

[remedy wrong-decision]
ssl_verify_client on;
ssl_client_certificate /etc/nginx/clients-ca.pem;
# without it revoked certificates are accepted; one list for each authority in a chain
ssl_crl /etc/nginx/crl.pem;

[remedy reason-leaked]
# in server { }: pages of your own instead of nginx's
error_page 495 496 497 =400 /400.html;

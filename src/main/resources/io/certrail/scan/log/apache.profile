[profile]
name = apache
title = Apache httpd, ErrorLog and CustomLog
# a thread's lines follow each other
join-within = 250

[format access, JSON]
type = json
require = remote_addr remote_port status
once = *
time = time
address = remote_addr
port = remote_port
subject = ssl_client_s_dn
serial = ssl_client_serial
reason = ssl_client_verify
status = status
request_id = request_id
connection = connection

[format error]
type = pattern
pattern = ^\[(?<time>\w{3} \w{3} \d\d [\d:.]+ \d{4})\] \[[\w:]+\] \[pid (?<connection>\d+(?::tid \d+)?)\] (?:\[client (?<address>[0-9a-fA-F.:]+):(?<port>\d+)\] )?

[format access, combined]
type = pattern
once = *
pattern = ^(?<address>[0-9a-fA-F.:]+) - \S+ \[(?<time>[^\]]+)\] "[^"\\]*+(?:\\.[^"\\]*+)*+" (?<status>\d{3}) (?:\d+|-)

[reasons]
certificate_required = did not return a certificate|No acceptable peer certificate available
not_tls_http = http request|speaking plain HTTP
bad_request_line = Invalid (method|URI|request|protocol)|AH0013[0-9]|AH0056[0-9]|AH03[45]\d\d|AH024\d\d|malformed request
header_too_large = exceeds? (the )?(server )?limit|AH0056[0-9]|request header
client_aborted = AH02007|unexpected eof|AH01998|connection closed to child|handshake interrupted|End of file found

[remedy not-recorded reason-missing]
# handshakes are told at the level "info" of mod_ssl
LogLevel warn ssl:info core:debug
ErrorLog /var/log/apache2/error.log

[remedy peer-missing scattered outcome-missing request-id-missing unstructured]
# Apache escapes as C does (\xNN), which JSON parsers do not take: a name with such bytes breaks the line
LogFormat "{\"time\":\"%{%Y-%m-%dT%H:%M:%S%z}t\",\"remote_addr\":\"%a\",\"remote_port\":%{remote}p,\"connection\":\"%L\",\"ssl_client_verify\":\"%{SSL_CLIENT_VERIFY}x\",\"ssl_client_s_dn\":\"%{SSL_CLIENT_S_DN}x\",\"ssl_client_serial\":\"%{SSL_CLIENT_M_SERIAL}x\",\"method\":\"%m\",\"path\":\"%U\",\"status\":%>s,\"user_agent\":\"%{User-Agent}i\",\"request_id\":\"%{X-Request-Id}i\"}" audit
CustomLog /var/log/apache2/access.json audit

[remedy identity-missing]
# as under peer-missing: %{SSL_CLIENT_S_DN}x and %{SSL_CLIENT_M_SERIAL}x in LogFormat; and for refused handshakes
LogLevel ssl:info

[remedy wrong-decision]
SSLVerifyClient require
SSLCACertificateFile /etc/apache2/clients-ca.pem
SSLCARevocationFile /etc/apache2/crl.pem
SSLCARevocationCheck chain

[remedy secret-logged]
# %U instead of %r in LogFormat: the path without its query

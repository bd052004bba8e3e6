[profile]
name = tomcat
title = Tomcat, AccessLogValve and catalina.log

# what the remedies below configure
[format access, JSON]
type = json
require = remoteAddr port-remote statusCode
once = *
time = time
address = remoteAddr
port = port-remote
subject = user
status = statusCode
request_id = requestHeaders.X-Request-Id

[format handshake, JSON]
type = pattern
structured = true
once = *
pattern = ^\{"time": "(?<time>[^"]+)".*"message": "Handshake failed for client connection from IP address \[(?<address>[^\]"]+)\] and port \[(?<port>\d+)\]"

[format handler, JSON]
type = json
require = time level thread class method message
time = time

# pattern="%a %{remote}p %l %u %t &quot;%r&quot; %s %b …"
[format access, with port]
type = pattern
once = *
pattern = ^(?<address>[0-9a-fA-F.:]+) (?<port>\d+) \S+ .*?\[(?<time>[^\]\[]+)\] "[^"\\]*+(?:\\.[^"\\]*+)*+" (?<status>\d{3}) (?:\d+|-)

[format access, common]
type = pattern
once = *
pattern = ^(?<address>[0-9a-fA-F.:]+) - .*?\[(?<time>[^\]\[]+)\] "[^"\\]*+(?:\\.[^"\\]*+)*+" (?<status>\d{3}) (?:\d+|-)

# java.util.logging in one line, as Tomcat configures it
[format catalina]
type = pattern
pattern = ^(?<time>\d\d-\w{3}-\d{4} [\d:.]+) \w+ \[[^\]]*\] [\w.$]+ .*

[remedy not-recorded reason-missing unstructured scattered]
# conf/logging.properties (Tomcat 9.0.63, 10.1 and later): failed handshakes, each a JSON object with Java's words
handlers = 1catalina.org.apache.juli.AsyncFileHandler, 3handshake.org.apache.juli.FileHandler
3handshake.org.apache.juli.FileHandler.level = FINE
3handshake.org.apache.juli.FileHandler.directory = ${catalina.base}/logs
3handshake.org.apache.juli.FileHandler.prefix = handshake
3handshake.org.apache.juli.FileHandler.suffix = .json
3handshake.org.apache.juli.FileHandler.rotatable = false
3handshake.org.apache.juli.FileHandler.formatter = org.apache.juli.JsonFormatter
org.apache.tomcat.util.net.NioEndpoint.handshake.level = FINE
org.apache.tomcat.util.net.NioEndpoint.handshake.handlers = 3handshake.org.apache.juli.FileHandler

[remedy peer-missing outcome-missing request-id-missing secret-logged]
# conf/server.xml: port and request id, and the path without its query (%U, not %r)
<Valve className="org.apache.catalina.valves.JsonAccessLogValve" directory="logs" prefix="access" suffix=".json"
       pattern="%a %{remote}p %u %t %m %U %s %{User-Agent}i %{X-Request-Id}i"/>

[remedy identity-missing]
# Tomcat writes no certificate. With auth-method CLIENT-CERT and a realm %u is its subject, of requests that were let in;
# certrail-hook.jar as -javaagent tells each handshake with its certificate, the refused ones, too

[remedy wrong-decision]
<SSLHostConfig certificateVerification="required" truststoreFile="conf/truststore.p12"
               certificateRevocationListFile="conf/crl.pem"/>

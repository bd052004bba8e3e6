[profile]
name = tomcat
title = Tomcat, AccessLogValve and catalina.log

[format access, JSON]
type = json
require = host remotePort statusCode
once = *
time = time
address = host
port = remotePort
subject = jakarta.servlet.request.X509Certificate
status = statusCode
request_id = requestId

# pattern="%a %{remote}p %l %u %t &quot;%r&quot; %s %b …"
[format access, with port]
type = pattern
once = *
pattern = ^(?<address>[0-9a-fA-F.:]+) (?<port>\d+) \S+ .*?\[(?<time>[^\]]+)\] "(?:[^"\\]|\\.)*" (?<status>\d{3}) (?:\d+|-)

[format access, common]
type = pattern
once = *
pattern = ^(?<address>[0-9a-fA-F.:]+) - .*?\[(?<time>[^\]]+)\] "(?:[^"\\]|\\.)*" (?<status>\d{3}) (?:\d+|-)

# java.util.logging in one line, as Tomcat configures it
[format catalina]
type = pattern
pattern = ^(?<time>\d\d-\w{3}-\d{4} [\d:.]+) \w+ \[[^\]]*\] [\w.$]+ .*

[remedy not-recorded]
# conf/logging.properties: failed handshakes are told at FINE, by the socket's wrapper
org.apache.tomcat.util.net.level = FINE
org.apache.coyote.http11.level = FINE
# and certrail-hook.jar as -javaagent tells each of them with its certificate

[remedy peer-missing]
<Valve className="org.apache.catalina.valves.JsonAccessLogValve" pattern="%a %{remote}p %u %t %r %s %b %{X-Request-Id}i"/>

[remedy wrong-decision]
<SSLHostConfig certificateVerification="required" truststoreFile="conf/truststore.p12"
               certificateRevocationListFile="conf/crl.pem"/>

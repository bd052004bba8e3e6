[profile]
name = tracing
title = tracing-subscriber, JSON (Axum, Tower, rustls)

[format event]
type = json
require = timestamp level target
time = timestamp
kind = fields.message
address = fields.client.address fields.client_addr span.client_addr fields.remote_addr span.remote_addr
port = fields.client.port fields.client_port span.client_port fields.remote_port span.remote_port
subject = fields.tls.client.subject fields.client_subject span.client_subject
serial = fields.tls.client.serial_number fields.client_serial span.client_serial
fingerprint = fields.tls.client.hash.sha256 fields.client_sha256 span.client_sha256
reason = fields.error.type fields.error fields.err
status = fields.http.response.status_code fields.status
outcome = fields.event.outcome fields.outcome
request_id = fields.http.request.id fields.request_id span.request_id
connection = fields.connection_id span.connection_id

[remedy not-recorded]
// where the listener accepts: a failed handshake is an event of its own, not a silent `continue`
match acceptor.accept(stream).await {
    Ok(tls) => serve(tls),
    Err(error) => tracing::warn!(client_addr = %peer.ip(), client_port = peer.port(), %error, "tls.handshake"),
}

[remedy peer-missing]
// into_make_service_with_connect_info::<SocketAddr>(), and a span that holds it
tracing::info_span!("request", client_addr = %peer.ip(), client_port = peer.port(), request_id)

[remedy request-id-missing]
.layer(tower_http::request_id::SetRequestIdLayer::x_request_id(tower_http::request_id::MakeRequestUuid))

[remedy unstructured]
tracing_subscriber::fmt().json().init();

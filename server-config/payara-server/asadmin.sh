# What install.sh and remove.sh share; read by them with `.`, not run.

config=configs.config.server-config
# The system property that says that install.sh closed the ports of ports.asadmin
ports_sign=mutual-tls.ports
# The one that says whether install.sh stored the other properties, or they are elsewhere: tls.keystore and so on may be anybody's
values_sign=mutual-tls.values
noise=javax.enterprise.system.core.security=SEVERE:org.glassfish.grizzly.http2.Http2Session=SEVERE

asadmin() {
    "${ASADMIN:-asadmin}" --interactive=false --terse=true "$@"
}

# The settings of a file, one name=value a line.
settings() {
    sed -n 's/^set //p' "$1"
}

# Applies the settings on standard input, all with one command.
set_all() {
    set --
    while IFS= read -r setting; do
        set -- "$@" "$setting"
    done
    [ $# -eq 0 ] || asadmin set "$@" >/dev/null
}

# Applies the settings of a file, and compares what the domain then says with what was wanted.
apply() {
    settings "$1" | set_all || fail "a setting of $1 was refused"
    there=$(asadmin get "$config.*") || fail "the settings of $1 cannot be read back"
    settings "$1" | while IFS= read -r setting; do
        printf '%s\n' "$there" | grep -qxF -- "$setting" || fail "is not in force: $setting"
    done
}

# Takes back the settings of a file, outside of what is named mutual-tls, that still have the value that stands there: what
# somebody changed meanwhile stays. An empty value deletes a setting, and Payara's default counts again.
take_back() {
    there=$(asadmin get "$config.*") || fail "the settings of $1 cannot be read"
    settings "$1" | grep -v '[.]mutual-tls[.]' | while IFS= read -r setting; do
        if printf '%s\n' "$there" | grep -qxF -- "$setting"; then
            printf '%s=\n' "${setting%%=*}"
        fi
    done | sed 's/jms-service[.]type=$/&EMBEDDED/' | set_all || fail "a setting of $1 could not be taken back"
}

# Whether a logger has that level, NAME=LEVEL.
has_level() {
    asadmin list-log-levels | tr -s '[:blank:]' '=' | sed 's/[<>]//g; s/=$//' | grep -qxF "$1"
}

# Payara makes these elements when somebody first uses them. To be set they have to be there.
make_elements() {
    for element in jms-service microprofile-openapi-configuration; do
        asadmin get "$config.$element.*" >/dev/null 2>&1 || asadmin create-module-config "$element" >/dev/null \
            || fail "failed: create-module-config $element"
    done
}

# Whether the element that create-NAME makes is there.
is_there() {
    case $1 in
        threadpool) asadmin get "$config.thread-pools.thread-pool.mutual-tls.name" ;;
        protocol) asadmin get "$config.network-config.protocols.protocol.mutual-tls.name" ;;
        http) asadmin get "$config.network-config.protocols.protocol.mutual-tls.http.default-virtual-server" ;;
        ssl) asadmin get "$config.network-config.protocols.protocol.mutual-tls.ssl.client-auth" ;;
        network-listener) asadmin get "$config.network-config.network-listeners.network-listener.mutual-tls.name" ;;
    esac >/dev/null 2>&1
}

restart() {
    asadmin restart-domain ${DOMAINS:+--domaindir "$DOMAINS"} ${DOMAIN:+"$DOMAIN"} >/dev/null \
        || fail "the domain did not restart: see server.log"
}

#!/bin/sh
# Takes out of a running Payara Server domain what install.sh put in, and restarts it. What it did not put in, or somebody
# changed meanwhile, stays: twice in a row changes nothing the second time. The trail, its key stores and the two password aliases stay: the last line tells how to delete those.
set -eu

usage() {
    cat <<'END'
remove.sh [--no-restart]

From the environment: ASADMIN, the program (else the one in PATH); its own options AS_ADMIN_PORT, AS_ADMIN_USER,
AS_ADMIN_PASSWORDFILE; DOMAIN and DOMAINS, the domain's name where there are several, and the folder of domains where it
is not Payara's.
END
}

fail() {
    echo "remove.sh: $*" >&2
    exit 1
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/asadmin.sh"

restart=yes
case ${1:-} in
    '') ;;
    --no-restart) restart=no ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac

applications=$(asadmin list-applications) || fail "the domain does not answer: is it running, and on AS_ADMIN_PORT?"
if printf '%s\n' "$applications" | grep -q '^certrail '; then
    asadmin undeploy certrail || fail "certrail could not be undeployed"
fi

# The settings of ports.asadmin, if install.sh made them: its sign is there. The broker's and the OpenAPI's elements were not
# in domain.xml at first, and stay there with their defaults.
properties=$(asadmin list-system-properties) || fail "the system properties cannot be read"
has_property() { printf '%s\n' "$properties" | grep -q "^$1="; }
is_stored() { printf '%s\n' "$properties" | grep -qx "$values_sign=stored"; }
if has_property "$ports_sign"; then
    make_elements
    take_back "$here/ports.asadmin"
    asadmin delete-system-property "$ports_sign" || fail "$ports_sign could not be deleted"
elif is_there threadpool; then
    echo "the domain's other ports are left as they are: nothing says that install.sh closed them. If one of an earlier version" \
        "did, this opens them: asadmin create-system-properties $ports_sign=closed, and then remove.sh once more"
fi

# The listener's threads are made first and deleted last. Without them nothing but the values below is install.sh's. Its sign is
# at them; where an earlier version installed, it is set now, for whoever is interrupted here and begins anew.
if is_there threadpool; then
    if ! has_property "$values_sign" && has_property tls.keystore; then
        asadmin create-system-properties "$values_sign=stored" || fail "the sign for the values could not be stored"
        properties=$(asadmin list-system-properties) || fail "the system properties cannot be read"
    fi
    take_back "$here/install.asadmin"

    # The realm's level is in a new domain's logging.properties, the other is not.
    if has_level javax.enterprise.system.core.security=SEVERE; then
        asadmin set-log-levels javax.enterprise.system.core.security=INFO || fail "a log level could not be set"
    fi
    if has_level org.glassfish.grizzly.http2.Http2Session=SEVERE; then
        asadmin delete-log-levels org.glassfish.grizzly.http2.Http2Session || fail "a log level could not be deleted"
    fi

    # The listener with all that is its own, the last first.
    for element in network-listener ssl http protocol threadpool; do
        if is_there $element; then
            case $element in
                ssl) asadmin delete-ssl --type=protocol mutual-tls ;;
                *) asadmin delete-$element mutual-tls ;;
            esac || fail "$element mutual-tls could not be deleted"
        fi
    done
fi

# The values, which install.sh stores before it makes anything: it may have got no further. The sign is deleted last.
if is_stored; then
    for property in tls.address tls.port tls.alias tls.keystore tls.truststore tls.crl http.threads certrail.trail.folder \
            org.glassfish.grizzly.http2.frames.Http2Frame.dont-recycle; do
        if has_property "$property"; then
            asadmin delete-system-property "$property" || fail "$property could not be deleted"
        fi
    done
fi
if has_property "$values_sign"; then
    asadmin delete-system-property "$values_sign" || fail "$values_sign could not be deleted"
elif has_property tls.keystore; then
    echo "tls.keystore and other system properties of the domain are left as they are: nothing says that install.sh stored them. If" \
        "one of an earlier version did, and broke off, this deletes them: asadmin create-system-properties $values_sign=stored, and" \
        "then remove.sh once more"
fi

if [ $restart = yes ]; then
    restart
fi
echo "done; the passwords: asadmin delete-password-alias mutual-tls-keystore, and mutual-tls-truststore"

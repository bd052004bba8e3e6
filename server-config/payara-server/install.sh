#!/bin/sh
# Configures a running Payara Server domain for mutual TLS with Certrail, deploys certrail.war at /, and restarts the
# domain. Twice in a row changes nothing the second time. remove.sh takes it out again; README.md tells the rest.
set -eu

usage() {
    cat <<'END'
install.sh --keystore FILE --truststore FILE --crl FILE --trail FOLDER [options]

  --keystore FILE    PKCS#12 with the server's key      \  their passwords are asked for by
  --truststore FILE  PKCS#12 with the clients' roots    /  asadmin create-password-alias mutual-tls-keystore, -truststore
  --crl FILE         PEM, a current list of every authority
  --trail FOLDER     where the records are written
  --alias NAME       of the server's key (default: server)
  --address ADDRESS  to listen on (default: 0.0.0.0)
  --port PORT        to listen on (default: 8443)
  --threads NUMBER   most requests in work at a time (default: 200)
  --war FILE         certrail.war, deployed at / unless it is deployed already
  --values-elsewhere the values above are system properties of the JVM already: none of them is asked for or stored
  --keep-ports       leave the domain's other ports as they are (see ports.asadmin)
  --no-restart       do not restart the domain

From the environment: ASADMIN, the program (else the one in PATH); its own options AS_ADMIN_PORT, AS_ADMIN_USER,
AS_ADMIN_PASSWORDFILE; DOMAIN and DOMAINS, the domain's name where there are several, and the folder of domains where it
is not Payara's.
END
}

fail() {
    echo "install.sh: $*" >&2
    exit 1
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/asadmin.sh"

keystore='' truststore='' crl='' trail='' war=''
alias=server address=0.0.0.0 port=8443 threads=200
ports=yes restart=yes values=yes
while [ $# -gt 0 ]; do
    case $1 in
        --keep-ports) ports=no; shift; continue ;;
        --no-restart) restart=no; shift; continue ;;
        --values-elsewhere) values=no; shift; continue ;;
        --help) usage; exit 0 ;;
    esac
    [ $# -ge 2 ] || { usage >&2; exit 2; }
    case $1 in
        --keystore) keystore=$2 ;;
        --truststore) truststore=$2 ;;
        --crl) crl=$2 ;;
        --trail) trail=$2 ;;
        --alias) alias=$2 ;;
        --address) address=$2 ;;
        --port) port=$2 ;;
        --threads) threads=$2 ;;
        --war) war=$2 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift 2
done

# 1. Everything that can be wrong is found before anything is changed.
if [ $values = yes ]; then
    for file in "$keystore" "$truststore" "$crl"; do
        case $file in
            /*) [ -r "$file" ] || fail "$file cannot be read" ;;
            *) fail "'$file' is no absolute path: --keystore, --truststore and --crl are needed" ;;
        esac
    done
    case $trail in
        /*) ;;
        *) fail "'$trail' is no absolute path: --trail is needed" ;;
    esac
fi
[ -z "$war" ] || [ -r "$war" ] || fail "$war cannot be read"
aliases=$(asadmin list-password-aliases) || fail "the domain does not answer: is it running, and on AS_ADMIN_PORT?"
for store in mutual-tls-keystore mutual-tls-truststore; do
    printf '%s\n' "$aliases" | grep -qx "$store" \
        || fail "first give the store's password, which is asked for: asadmin create-password-alias $store"
done

# 2. What differs between machines, stored in domain.xml. A colon or backslash separates values unless it is escaped.
escaped() { printf '%s' "$1" | sed 's/[\\:]/\\&/g'; }
if [ $values = yes ]; then
    asadmin create-system-properties "$(printf '%s:' "$values_sign=stored" \
        "tls.address=$(escaped "$address")" "tls.port=$port" "tls.alias=$(escaped "$alias")" \
        "tls.keystore=$(escaped "$keystore")" "tls.truststore=$(escaped "$truststore")" "tls.crl=$(escaped "$crl")" \
        "http.threads=$threads" "org.glassfish.grizzly.http2.frames.Http2Frame.dont-recycle=true")certrail.trail.folder=$(escaped "$trail")" || fail "the values could not be stored"
elif ! asadmin list-system-properties | grep -q "^$values_sign="; then
    # Those that are somebody else's; ones that an earlier run stored are still its own.
    asadmin create-system-properties "$values_sign=elsewhere" || fail "the sign for remove.sh could not be stored"
fi

# 3. The elements, unless they are there.
missing=$(for line in threadpool protocol http ssl network-listener; do is_there $line || echo "create-$line"; done)
for command in $missing; do
    line=$(grep "^$command " "$here/install.asadmin")
    # shellcheck disable=SC2086 # a command and its options
    asadmin $line || fail "failed: $line"
done

# 4. The settings: one command for all, which stops at the first that fails; then what the domain says they are.
apply "$here/install.asadmin"
if [ $ports = yes ]; then
    asadmin create-system-properties "$ports_sign=closed" || fail "the sign for remove.sh could not be stored"
    make_elements
    apply "$here/ports.asadmin"
fi

# 5. Noise. Each request with a client certificate makes Payara's certificate realm warn "No X509Certificate found(subject="
#    and dump the whole certificate, of names that clients choose; its other warnings are lost with it, errors are not. And
#    a client that is gone, or was refused, before HTTP/2 could say goodbye: the trail has its record.
asadmin set-log-levels "$noise" || fail "the log levels could not be set"

# 6. The application.
if [ -n "$war" ]; then
    if asadmin list-applications | grep -q '^certrail '; then
        echo "certrail is deployed already; for another version: asadmin redeploy --name certrail $war"
    else
        asadmin deploy --name certrail --contextroot / "$war" || fail "$war could not be deployed: see server.log"
    fi
fi

# 7. Key stores and the ports of other services are read when the domain starts.
if [ $restart = yes ]; then
    restart
fi
echo "done"

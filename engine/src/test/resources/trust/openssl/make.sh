# Made the files of this folder, once, with OpenSSL 3.0.19.
set -e
cat > ca.cnf <<'C'
[ca]
default_ca=c
[c]
database=index.txt
serial=serial
crlnumber=crlnumber
default_md=sha256
default_crl_days=36500
policy=p
new_certs_dir=.
unique_subject=no
[p]
commonName=supplied
[code]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=codeSigning
[time]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[tsa]
default_tsa=t
[t]
serial=tsaserial
crypto_device=builtin
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256,sha512
ordering=yes
tsa_name=no
ess_cert_id_chain=no
ess_cert_id_alg=sha256
C
: > index.txt; echo 01 > serial; echo 01 > crlnumber; echo 01 > tsaserial
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem -days 36500 -subj "/CN=Vector Root" -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
leaf() { openssl req -new -key $1.key -subj "/CN=$2" -out $1.csr; openssl ca -batch -config ca.cnf -cert root.pem -keyfile root.key -in $1.csr -out $1.pem -days 36000 -extensions $3 -notext 2>/dev/null; }
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.key; leaf p256 "Vector P-256" code
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.key; leaf p384 "Vector P-384" code
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out rsa.key 2>/dev/null; leaf rsa "Vector RSA" code
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out tsa.key; leaf tsa "Vector Time" time
openssl ca -config ca.cnf -cert root.pem -keyfile root.key -gencrl -out root.crl.pem
openssl crl -in root.crl.pem -outform DER -out root.crl
printf '\000asm\001\000\000\000\001\007\001\140\002\177\177\001\177\003\002\001\000\007\007\001\003add\000\000\012\011\001\007\000\040\000\040\001\152\013' > add.wasm
sign() { openssl cms -sign -binary -in add.wasm -signer $1.pem -inkey $1.key -outform DER -out $2.p7s -md sha256 ${3:-} ${4:-} ${5:-} ${6:-}; }
sign p256 p256; sign p384 p384; sign rsa rsa; sign rsa pss -keyopt rsa_padding_mode:pss
openssl cms -sign -binary -in add.wasm -signer p256.pem -inkey p256.key -outform DER -out attached.p7s -nodetach
openssl cms -sign -binary -noattr -in add.wasm -signer p256.pem -inkey p256.key -outform DER -out noattr.p7s
openssl cms -sign -binary -in add.wasm -signer p256.pem -inkey p256.key -outform DER -out sha1.p7s -md sha1
# The timestamp is over the signature, the last value of the file.
python3 -c "d=open('p256.p7s','rb').read(); l=next(n for n in range(68,74) if d[-n-2:-n]==bytes([4,n])); open('sig.bin','wb').write(d[-l:])"
openssl ts -query -data sig.bin -sha256 -cert -out q.tsq
openssl ts -reply -config ca.cnf -queryfile q.tsq -signer tsa.pem -inkey tsa.key -out p256.tsr

"""OpenStack Swift with its S3 API as one process for tests: proxy, account, container and object server, in a folder, on the loopback.

python3 swift_s3.py FOLDER PORT ACCESS_KEY SECRET_KEY        the access key is ACCOUNT:USER
"""
import os
import pwd
import sys

import eventlet

eventlet.monkey_patch()

from eventlet import listen, wsgi
from swift.common import utils
from swift.common.ring import RingBuilder
from swift.common.wsgi import loadapp

FOLDER, PORT, ACCESS_KEY, SECRET_KEY = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]

# What Swift reads from /etc/swift otherwise, so that it need not be there.
utils.HASH_PATH_PREFIX, utils.HASH_PATH_SUFFIX = b"gatehouse", b"tests"
utils.validate_hash_conf = lambda: None

DEFAULT = f"""
[DEFAULT]
user = {pwd.getpwuid(os.getuid()).pw_name}
swift_dir = {FOLDER}
devices = {FOLDER}/devices
mount_check = false
disable_fallocate = true
log_level = ERROR
"""

PROXY = """
[pipeline:main]
pipeline = listing_formats s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user} = {secret} .admin
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:slo]
use = egg:swift#slo
[filter:listing_formats]
use = egg:swift#listing_formats
"""


class Cache:
    """What Swift keeps in memcached."""

    def __init__(self):
        self.kept = {}

    def get(self, key, raise_on_error=False):
        return self.kept.get(key)

    def set(self, key, value, **_):
        self.kept[key] = value

    def incr(self, key, delta=1, time=0):
        self.kept[key] = max(0, int(self.kept.get(key, 0)) + delta)
        return self.kept[key]

    def decr(self, key, delta=1, time=0):
        return self.incr(key, -delta)

    def delete(self, key, server_key=None):
        self.kept.pop(key, None)


def load(name, text):
    path = os.path.join(FOLDER, f"{name}.conf")
    with open(path, "w") as file:
        file.write(DEFAULT + text)
    return loadapp(path, global_conf={"log_name": name})


def serve(socket, app):
    wsgi.server(socket, app, open(os.devnull, "w"), max_size=256)


os.makedirs(os.path.join(FOLDER, "devices", "d1"), mode=0o700, exist_ok=True)
sockets = {name: listen(("127.0.0.1", 0)) for name in ("account", "container", "object")}
for name, socket in sockets.items():
    ring = RingBuilder(1, 1, 0)
    ring.add_dev({"id": 0, "region": 1, "zone": 1, "ip": "127.0.0.1", "port": socket.getsockname()[1], "device": "d1", "weight": 1.0, "meta": ""})
    ring.rebalance()
    ring.get_ring().save(os.path.join(FOLDER, f"{name}.ring.gz"))
for name, socket in sockets.items():
    eventlet.spawn(serve, socket, load(name, f"[app:main]\nuse = egg:swift#{name}\n"))

account, user = ACCESS_KEY.split(":")
proxy = load("proxy", PROXY.format(account=account, user=user, secret=SECRET_KEY))
cache = Cache()


def with_cache(environ, start_response):
    environ["swift.cache"] = cache
    return proxy(environ, start_response)


serve(listen(("127.0.0.1", PORT)), with_cache)

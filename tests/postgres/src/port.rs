//! A port of loopback that is kept for one server, also while that server is down.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context, Result};
use socket2::{Domain, Socket, Type};

/// A port that the system gives to nobody who asks for any port, as long as this lives. A
/// server that asks for this one gets it, because both say `SO_REUSEADDR` and this one
/// never listens; until then connections to it are refused.
pub struct Port {
    address: SocketAddr,
    _held: Socket,
}

impl Port {
    pub fn reserve() -> Result<Port> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_reuse_address(true)?;
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        socket.bind(&any.into())?;
        let address = socket.local_addr()?.as_socket();
        Ok(Port {
            address: address.context("a socket of IPv4 has another address")?,
            _held: socket,
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::Port;

    #[test]
    fn it_is_refused_until_its_server_listens_there_as_often_as_it_likes() {
        let port = Port::reserve().unwrap();
        for _ in 0..3 {
            assert!(TcpStream::connect(port.address()).is_err());
            let server = TcpListener::bind(port.address()).unwrap();
            assert!(TcpStream::connect(port.address()).is_ok());
            drop(server);
        }
    }

    #[test]
    fn no_other_gets_it() {
        let port = Port::reserve().unwrap();
        let others: Vec<Port> = (0..500).map(|_| Port::reserve().unwrap()).collect();
        assert!(others.iter().all(|it| it.address() != port.address()));
        let listening: Vec<_> = (0..500)
            .map(|_| TcpListener::bind("127.0.0.1:0").unwrap())
            .collect();
        let mut taken = listening.iter().map(|it| it.local_addr().unwrap());
        assert!(taken.all(|it| it != port.address()));
    }
}

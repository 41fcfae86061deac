"""Rich menus: what a shop's menu in the chat looks like, what it does, and LINE's rules for it."""
